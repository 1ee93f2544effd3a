<?php
/**
 * The panels in the block editor, and the box in the classic one.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/**
 * Load a script of the plugin, with what it is told.
 *
 * @param string   $name  Name of its file.
 * @param string[] $needs Scripts that come first.
 */
function script( $name, array $needs ) {
	wp_enqueue_style( 'soat-gioi', plugins_url( 'assets/soat-gioi.css', FILE ), array(), VERSION );
	wp_register_script(
		'soat-gioi-panel',
		plugins_url( 'assets/panel.js', FILE ),
		array( 'wp-element', 'wp-api-fetch' ),
		VERSION,
		true
	);
	$told = array(
		'path'   => '/' . ROUTE . '/check',
		'gates'  => GATES,
		'levels' => LEVELS,
		'hold'   => (bool) settings()['hold'],
	);
	wp_add_inline_script( 'soat-gioi-panel', 'window.soatGioi = ' . wp_json_encode( $told, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
	wp_enqueue_script( "soat-gioi-$name", plugins_url( "assets/$name.js", FILE ), array_merge( array( 'soat-gioi-panel' ), $needs ), VERSION, true );
}

/** Load the panels of the block editor where a post is edited. */
function block_editor() {
	$screen = get_current_screen();
	if ( $screen && 'post' === $screen->base && in_array( $screen->post_type, post_types(), true ) ) {
		script( 'editor', array( 'wp-plugins', 'wp-data', 'wp-edit-post', 'wp-editor' ) );
	}
}

/**
 * Add the box to the classic editor; the block editor has its panels instead.
 *
 * @param string   $type Type of the post.
 * @param \WP_Post $post The post.
 */
function classic_editor( $type, $post ) {
	if ( ! $post instanceof \WP_Post || ! in_array( $type, post_types(), true ) ) {
		return;
	}
	add_meta_box( 'soat-gioi', 'Soát giới', __NAMESPACE__ . '\\box', $type, 'normal', 'high', array( '__back_compat_meta_box' => true ) );
	if ( ! use_block_editor_for_post( $post ) ) {
		script( 'classic', array() );
	}
}

/**
 * Write the box; its script fills it.
 *
 * @param \WP_Post $post The post.
 */
function box( $post ) {
	printf( '<div id="soat-gioi-box" data-post="%d"></div>', (int) $post->ID );
	echo '<noscript>' . esc_html( 'Bài được soát khi bấm đăng; bật JavaScript để soát ngay tại đây.' ) . '</noscript>';
}
